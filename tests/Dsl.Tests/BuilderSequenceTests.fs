/// As BuilderTreeTests, for the keywords of texts and sequences.
module ParDsl.Tests.BuilderSequenceTests

open ParDsl
open ParDsl.Parsing
open ParDsl.Printing
open ParDsl.Source
open ParDsl.Syntax
open Xunit

/// The trees' printouts, which leave out spans and comments.
let private same (text: string) (program: ProgramSyntax) =
    let parsed = Parser.parse { Path = "file.pd"; Text = text }
    Assert.Empty parsed.Diagnostics
    Assert.Equal(SyntaxTreePrinter.print parsed.Program, SyntaxTreePrinter.print program)

[<Fact>]
let ``A text and the layers of a sequence`` () =
    program {
        data { source (text ("book.txt.gz", length = 64)) }

        model {
            layer "tokens" (embedding 128)
            embedding (128, std = 0.02)
            positions "learned"
            positions "sinusoidal"
            positions ("learned", std = 0.5)
            attention 4
            attention (heads = 4, causal = true, bias = false)
            rmsNorm
            rmsNormWith (epsilon = 1e-6)
            linear (8, tied = "tokens")
            linearVocabulary (bias = false, tied = "tokens")
        }
    }
    |> same
        """
data {
  source text "book.txt.gz" length=64
}
model {
  tokens: embedding 128
  embedding 128 std=0.02
  positions learned
  positions sinusoidal
  positions learned std=0.5
  attention heads=4
  attention heads=4 causal=true bias=false
  rms_norm
  rms_norm epsilon=1e-6
  linear 8 tied=tokens
  linear vocabulary bias=false tied=tokens
}"""
