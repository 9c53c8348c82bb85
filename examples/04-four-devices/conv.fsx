// conv.fsx: 03-fashion on four devices; only the parallel block is new
#load "../../pardsl.fsx"
open ParDsl

let convBlock channels =
    layers {
        conv2d (channels, kernel = 3, padding = 1)
        batchNorm
        relu
        maxPool 2
    }

let fashion width =
    program {
        data {
            source (idx "/usr/share/datasets/fashion-mnist")
            input ([ 1; 28; 28 ], scale = 1.0 / 255.0)
            target (classes 10)
            validation (percent 10)
        }

        model {
            convBlock width
            convBlock (2 * width)
            flatten
            linear 128
            relu
            dropout 0.25
            layer "fc2" (linear 10)
        }

        train {
            loss crossEntropy
            optimizer (adamw (1e-3, weightDecay = 1e-2))
            schedule (cosineWith (warmup = steps 200))
            batch 128
            epochs 2
            seed 42
            metric accuracy
        }

        inParallel { data 4 }
    }

let report = fashion 32 |> Train.run
printfn "%.3f of the test images are told right" report.Test["accuracy"]
