// article.fsx: the model of the tutorials on PyTorch data parallelism, with their mistake in it
#load "../../pardsl.fsx"
open ParDsl

let article =
    program {
        data {
            source (synthetic (320, seed = 1))
            input [ 10 ]
            target [ 5 ]
        }

        model {
            layer "fc1" (linear 5)
            relu
            layer "fc2" (linear 2)
        }

        train {
            loss mse
            optimizer (sgd 0.01)
            batch 32
            epochs 10
        }

        inParallel { data 2 }
    }

let report = Train.run article
printfn "loss %.4f" report.Train["loss"]
