/// Every mistake in a `--set key=value`, one function each: PD1040 to PD1044. What is wrong inside the value is a
/// syntax mistake like any other.
module ParDsl.Diagnostics.OverrideErrors

open ParDsl.Source

let private error code span message label help = { Diagnostic.error code span message with Label = label; Help = help }

let withoutValue span (written: string) =
    error
        "PD1040"
        span
        $"`--set {written}` has no `=` and value"
        "a name or a place, `=` and a value were expected"
        "write `--set width=64`, or `--set train.batch=256`"

let malformedPlace span (place: string) =
    error
        "PD1041"
        span
        $"`{place}` is no place in a spec: names, parted by single points, were expected"
        "not a place"
        "write a `let`'s name, `width`, or a block and what is in it: `train.batch`, `train.optimizer.lr`"

let unknownLet span (name: string) (lets: string seq) =
    let near = Suggestion.nearest lets name

    let help =
        if near.Count > 0 then
            $"did you mean {Suggestion.inWords near}?"
        elif Seq.isEmpty lets then
            $"the spec has no `let`; a place in a block has a point: `--set train.{name}=...`"
        else
            $"the spec's `let`s are {Suggestion.inWords lets}; a place in a block has a point: `train.batch`"

    error "PD1042" span $"the spec has no `let {name}`" "not a `let` of the spec" help

let moreThanOneValue span (found: string) =
    error
        "PD1043"
        span
        $"{found} stands behind the value, and one value was expected"
        "behind the value"
        "set one place with each `--set`: `--set train.batch=64 --set train.epochs=3`"

let ambiguousPlace span (name: string) (count: int) (first: SourceSpan) = {
    error
        "PD1044"
        span
        $"the block has {count} statements named `{name}`, and one was expected"
        "which of them?"
        $"give the one that you mean a label in the spec, `mine: {name} ...`, and set that: `mine`" with
        Related = [ { Span = first; Label = "the first of them" } ]
}
