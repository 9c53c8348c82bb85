/// The blocks of a script's model, its labels, and what takes their values: the same tree as the file's text beside each.
module ParDsl.Tests.BuilderStructureTests

open ParDsl
open ParDsl.Tests.BuilderTreeTests
open Xunit

[<Fact>]
let ``Structure, labels, loops and choices`` () =
    let block width =
        layers {
            linear width
            relu
        }

    let isDeep = true

    program {
        model {
            for width in [ 64; 32 ] do
                block width

            repeat 6 { residual { layerNorm } }

            if isDeep then
                silu

            layer "fc2" (linear 10)
            layer "stem" (repeat 2 { relu })
        }
    }
    |> same
        """
model {
  linear 64; relu
  linear 32; relu
  repeat 6 { residual { layer_norm } }
  silu
  fc2: linear 10
  stem: repeat 2 { relu }
}"""

[<Fact>]
let ``Layers as one, projections and named values`` () =
    let block width =
        sequential {
            residualWith (projection = true) { linear width }
            relu
        }

    program {
        model {
            layer "enc" (block 32)
            linear 16
            concat "enc"
            concat ([ "enc"; "more" ], axis = 2)
            add "enc"
            add [ "enc"; "more" ]
            multiply "enc"
            multiply [ "enc"; "more" ]
            residualWith (projection = false) { relu }
        }
    }
    |> same
        """
model {
  enc: sequential { residual projection=true { linear 32 }; relu }
  linear 16
  concat enc
  concat enc more axis=2
  add enc
  add enc more
  multiply enc
  multiply enc more
  residual projection=false { relu }
}"""

[<Fact>]
let ``Branches, one of them empty`` () =
    program {
        model {
            branches Concat {
                branch {
                    linear 16
                    relu
                }

                branch { }
            }

            branches (Concat, axis = 2) {
                for width in [ 8; 16 ] do
                    branch { linear width }
            }

            layer "sum" (branches Add { branch { relu } })
            branches Multiply { branch { sigmoid } }

            branches Add {
                layer "first" (branch { linear 4 })

                branch {
                    linear 4
                    add "first"
                }
            }
        }
    }
    |> same
        """
model {
  branches concat { branch { linear 16; relu } branch { } }
  branches concat axis=2 { branch { linear 8 } branch { linear 16 } }
  sum: branches add { branch { relu } }
  branches multiply { branch { sigmoid } }
  branches add { first: branch { linear 4 } branch { linear 4; add first } }
}"""
