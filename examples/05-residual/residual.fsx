// residual.fsx: a small residual network (He et al. 2016) on Fashion-MNIST
#load "../../pardsl.fsx"
open ParDsl

// Where a block halves the image and doubles the channels, a projection fits what goes around it.
let block channels stride =
    sequential {
        residualWith (projection = true) {
            conv2d (channels, kernel = 3, padding = 1, stride = stride, bias = false)
            batchNorm
            relu
            conv2d (channels, kernel = 3, padding = 1, bias = false)
            batchNorm
        }

        relu
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
            layer "stem" (conv2d (width, kernel = 3, padding = 1, bias = false))
            batchNorm
            relu
            block width 1
            block (2 * width) 2
            block (4 * width) 2
            averagePool 7
            flatten
            layer "fc" (linear 10)
        }

        train {
            loss crossEntropy
            optimizer (adamw (3e-3, weightDecay = 1e-2))
            schedule (cosineWith (warmup = steps 100))
            batch 128
            epochs 2
            seed 42
            metric accuracy
        }
    }

let report = fashion 16 |> Train.run
printfn "%.3f of the test images are told right" report.Test["accuracy"]
