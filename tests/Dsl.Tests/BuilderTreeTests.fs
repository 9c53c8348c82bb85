/// Builders and parser make the same tree: each keyword with its arguments, beside the file's text for it.
module ParDsl.Tests.BuilderTreeTests

open ParDsl
open ParDsl.Parsing
open ParDsl.Printing
open ParDsl.Source
open ParDsl.Syntax
open Xunit

/// The trees' printouts, which leave out spans and comments.
let same (text: string) (program: ProgramSyntax) =
    let parsed = Parser.parse { Path = "file.pd"; Text = text }
    Assert.Empty parsed.Diagnostics
    Assert.Equal(SyntaxTreePrinter.print parsed.Program, SyntaxTreePrinter.print program)

[<Fact>]
let ``A csv file`` () =
    program {
        data {
            source (csv ("points.csv", header = false, delimiter = ";"))
            input ([ 64 ], scale = 0.5, shift = -1.5, columns = [ "x1"; "3"; "a..f" ])
            target (classes 10, columns = [ "kind" ])
            validation (percent 10)
        }
    }
    |> same
        """
data {
  source csv "points.csv" header=false delimiter=";"
  input [64] scale=0.5 shift=-1.5 columns=["x1", 3, "a..f"]
  target class 10 columns=["kind"]
  validation 10%
}"""

[<Fact>]
let ``Images in IDX files`` () =
    program {
        data {
            source (idx "/usr/share/datasets/fashion-mnist")
            input [ 1; 28; 28 ]
            target (classes 10)
            validation 0.1
        }
    }
    |> same
        """
data {
  source idx "/usr/share/datasets/fashion-mnist"
  input [1, 28, 28]
  target class 10
  validation 0.1
}"""

[<Fact>]
let ``Synthetic samples`` () =
    program {
        data {
            source (synthetic (320, seed = 1))
            input [ 10 ]
            target ([ 5 ], columns = [ "a..e" ])
            validation (percent 12.5)
        }
    }
    |> same
        """
data {
  source synthetic 320 seed=1
  input [10]
  target [5] columns=["a..e"]
  validation 12.5%
}"""

[<Fact>]
let ``Synthetic tokens`` () =
    program {
        data {
            source (syntheticText (4096, length = 2048, vocabulary = 51200))
            validation 0.1
        }
    }
    |> same
        """
data {
  source synthetic_text 4096 length=2048 vocabulary=51200
  validation 0.1
}"""

[<Fact>]
let ``Shapes that the files tell`` () =
    program {
        data {
            input (scale = 0.5)
            target (columns = [ "y" ])
        }
    }
    |> same "data { input scale=0.5; target columns=[\"y\"] }"

[<Fact>]
let ``Layers of weights`` () =
    program {
        model {
            linear 10
            linear (10, bias = false)
            conv2d 16
            conv2d (16, kernel = (3, 5), stride = 2, padding = 1, dilation = (1, 2), groups = 4, bias = false)
        }
    }
    |> same
        """
model {
  linear 10
  linear 10 bias=false
  conv2d 16
  conv2d 16 kernel=[3, 5] stride=2 padding=1 dilation=[1, 2] groups=4 bias=false
}"""

[<Fact>]
let ``Layers of images and of normalisation`` () =
    program {
        model {
            maxPool 2
            maxPool (3, stride = 2, padding = 1)
            averagePool (2, stride = (1, 2))
            flatten
            batchNorm
            batchNormWith (momentum = 0.2, epsilon = 1e-4)
            layerNorm
            layerNormWith (epsilon = 1e-6)
            dropout 0.25
        }
    }
    |> same
        """
model {
  max_pool 2
  max_pool 3 stride=2 padding=1
  average_pool 2 stride=[1, 2]
  flatten
  batch_norm
  batch_norm momentum=0.2 epsilon=1e-4
  layer_norm
  layer_norm epsilon=1e-6
  dropout 0.25
}"""

[<Fact>]
let ``Layers that bend values`` () =
    program {
        model {
            relu
            gelu
            geluWith (approximate = "tanh")
            silu
            tanh
            sigmoid
            softmax
        }
    }
    |> same "model { relu; gelu; gelu approximate=tanh; silu; tanh; sigmoid; softmax }"

[<Fact>]
let ``Every precision`` () =
    for value, name in
        [
            Float32, "float32"
            Float64, "float64"
            BFloat16, "bfloat16"
            Float16, "float16"
        ] do
        program { train { precision value } } |> same $"train {{ precision {name} }}"

[<Fact>]
let ``Training with everything said`` () =
    program {
        train {
            loss (crossEntropyWith (labelSmoothing = 0.1))
            optimizer (adamw (1e-3, beta1 = 0.8, beta2 = 0.99, epsilon = 1e-7, weightDecay = 1e-2))
            schedule (cosineWith (minimum = 0.1, warmup = steps 200))
            batch 128
            epochs 5
            seed 42
            shuffle false
            precision Float64
            accumulate 2
            clip 1.0
            metric accuracy
            metric meanAbsoluteError
        }
    }
    |> same
        """
train {
  loss cross_entropy label_smoothing=0.1
  optimizer adamw lr=1e-3 beta1=0.8 beta2=0.99 epsilon=1e-7 weight_decay=1e-2
  schedule cosine minimum=0.1 warmup=200 steps
  batch 128
  epochs 5
  seed 42
  shuffle false
  precision float64
  accumulate 2
  clip 1.0
  metric accuracy
  metric mean_absolute_error
}"""

[<Fact>]
let ``A batch that the planner finds`` () =
    program {
        train {
            batch Auto
            accumulate 2
        }
    }
    |> same
        """
train {
  batch auto
  accumulate 2
}"""

[<Fact>]
let ``Losses, optimizers and schedules`` () =
    program {
        train {
            loss crossEntropy
            loss mse
            loss l1
            loss bceWithLogits
            optimizer (sgd (0.01, momentum = 0.9, nesterov = true, weightDecay = 1e-4))
            optimizer (adam 1e-3)
            schedule constant
            schedule (constantWith (warmup = epochs 1))
            schedule (step (every = epochs 3, factor = 0.5, warmup = steps 10))
            schedule cosine
            schedule linearDecay
            schedule (linearDecayWith (minimum = 0.1))
            steps 200
            precision Float32
        }
    }
    |> same
        """
train {
  loss cross_entropy
  loss mse
  loss l1
  loss bce_with_logits
  optimizer sgd lr=0.01 momentum=0.9 nesterov=true weight_decay=1e-4
  optimizer adam lr=1e-3
  schedule constant
  schedule constant warmup=1 epochs
  schedule step every=3 epochs factor=0.5 warmup=10 steps
  schedule cosine
  schedule linear
  schedule linear minimum=0.1
  steps 200
  precision float32
}"""

[<Fact>]
let ``A block's value can be made elsewhere`` () =
    let points = data { source (csv "points.csv") }

    program {
        points
        model { linear 1 }
    }
    |> same "data { source csv \"points.csv\" }; model { linear 1 }"

[<Fact>]
let ``When checkpoints are written`` () =
    program {
        train {
            checkpoint ()
            checkpoint (every = steps 500, keep = 2, best = "accuracy")
            checkpoint (every = epochs 1)
            checkpoint (every = minutes 10)
            checkpoint (every = hours 0.5)
            checkpoint (every = seconds 30)
            checkpoint (every = hours 1e300)
        }
    }
    |> same
        """
train {
  checkpoint
  checkpoint every=500 steps keep=2 best=accuracy
  checkpoint every=1 epochs
  checkpoint every=10 min
  checkpoint every=0.5 h
  checkpoint every=30 s
  checkpoint every=1e300 h
}"""
