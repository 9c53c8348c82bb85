/// A piece of source comes in, as long and over as many lines as its writer liked; words for a sentence go out.
module internal ParDsl.Source.SourceWords

open System.Text.RegularExpressions

/// What is longer is no quotation.
let private longest = 200

/// A text in quotes, which stays as it is; or what parts words: white space and comments.
let private pieces = Regex(@"""(?:[^""\\\n]|\\.)*""|(?<gap>(?:\s|#[^\n]*)+)")

let private shortened (words: string) =
    if words.Length > longest then
        words.Substring(0, longest) + "…"
    else
        words

/// The source with one space where it has line ends, comments or several blanks, cut where it is long.
let onOneLine (source: string) =
    pieces.Replace(source, (fun found -> if found.Groups["gap"].Success then " " else found.Value)).Trim()
    |> shortened
