/// The `parallel` block of a script makes the tree of a file's.
module ParDsl.Tests.BuilderLayoutTests

open ParDsl
open ParDsl.Builders
open ParDsl.Tests.BuilderTreeTests
open Xunit

[<Fact>]
let ``Layouts`` () =
    program { inParallel { data 4 } } |> same "parallel { data 4 }"
    program { inParallel { data } } |> same "parallel { data }"
    program { inParallel { auto } } |> same "parallel auto"

[<Fact>]
let ``Layouts of several kinds`` () =
    program {
        inParallel {
            data (replicas (2, bucket = mebibytes 25))
            shard Gradients
            pipeline (stages (4, microbatches = 8, schedule = Interleaved, chunks = 2, at = [ "fc2"; "2.1" ]))
            nodes 2
            recompute 3
            checkReplicas (steps 100L)
        }
    }
    |> same
        """
parallel {
  data 2 bucket=25 MiB
  shard gradients
  pipeline 4 microbatches=8 schedule=interleaved chunks=2 at=[fc2, "2.1"]
  nodes 2
  recompute every=3
  check_replicas every=100 steps
}"""

    program {
        inParallel {
            data
            shard Optimizer
            pipeline 2
            recompute
            checkReplicas
        }
    }
    |> same "parallel { data; shard optimizer; pipeline 2; recompute; check_replicas }"

    program {
        inParallel {
            data (replicas (bucket = kibibytes 64))
            shard Parameters
            pipeline
        }
    }
    |> same "parallel { data bucket=64 KiB; shard parameters; pipeline }"

    program {
        inParallel {
            data 2
            tensor 2
        }
    }
    |> same "parallel { data 2; tensor 2 }"

    program { inParallel { tensor } } |> same "parallel { tensor }"

    program { inParallel { tensor (parts (2, sequence = true)) } }
    |> same "parallel { tensor 2 sequence=true }"

    program { inParallel { tensor (parts (sequence = false)) } }
    |> same "parallel { tensor sequence=false }"

[<Theory>]
[<InlineData(PipelineSchedule.Gpipe, "gpipe")>]
[<InlineData(PipelineSchedule.OneForwardOneBackward, "1f1b")>]
[<InlineData(PipelineSchedule.Interleaved, "interleaved")>]
[<InlineData(PipelineSchedule.ZeroBubble, "zero_bubble")>]
let ``The schedules of a pipeline`` (schedule: PipelineSchedule, word: string) =
    program { inParallel { pipeline (stages (schedule = schedule)) } }
    |> same $"parallel {{ pipeline schedule={word} }}"
