// gpt.fsx: a small GPT learns the English of the King James Version, character by character
#load "../../pardsl.fsx"
open ParDsl

let block features =
    layers {
        residual {
            layerNorm
            attention (heads = 4, causal = true)
            dropout 0.1
        }

        residual {
            layerNorm
            linear (4 * features)
            gelu
            linear features
            dropout 0.1
        }
    }

let gpt depth features =
    program {
        data {
            source (text ("genesis-exodus.txt.gz", length = 64))
            validation (percent 10)
        }

        model {
            layer "tokens" (embedding (features, std = 0.02))
            positions ("learned", std = 0.02)
            dropout 0.1
            repeat depth { block features }
            layerNorm
            linearVocabulary (bias = false, tied = "tokens")
        }

        train {
            loss crossEntropy
            optimizer (adamw 2e-3)
            schedule (cosineWith (warmup = steps 50))
            batch 32
            epochs 8
            clip 1
            seed 42
            metric accuracy
        }
    }

let report = gpt 4 128 |> Train.run
printfn "%.3f nats a character on the validation part" report.Validation["loss"]
