// fixed.fsx: the same model with a target that its last layer can meet
#load "../../pardsl.fsx"
open ParDsl

let mended =
    program {
        data {
            source (synthetic (320, seed = 1))
            input [ 10 ]
            target [ 2 ]
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

let report = Train.run mended
printfn "loss %.4f" report.Train["loss"]
