// digits.fsx: digits.pd as a script, which can also train the same program with several widths
#load "../../pardsl.fsx"
open ParDsl

let digits widths =
    program {
        data {
            source (csv "digits.csv.gz")
            input ([ 64 ], scale = 1.0 / 16.0)
            target (classes 10)
            validation (percent 20)
        }

        model {
            for width in widths do
                linear width
                relu

            linear 10
        }

        train {
            loss crossEntropy
            optimizer (adamw (2e-3, weightDecay = 1e-2))
            schedule (cosineWith (warmup = steps 50))
            batch 64
            epochs 20
            seed 42
            metric accuracy
        }

        inParallel { data 4 }
    }

let report = digits [ 128; 64 ] |> Train.run
printfn "%.3f of the validation images are read right" report.Validation["accuracy"]
