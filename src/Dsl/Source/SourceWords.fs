/// A piece of source comes in, as long and over as many lines as its writer liked; words for a sentence go out.
module internal ParDsl.Source.SourceWords

open System
open System.Text.RegularExpressions

/// What is longer is no quotation.
let private longest = 200

/// A text in quotes, which stays as it is; or what parts words: white space and comments.
let private pieces = Regex(@"""(?:[^""\\\n]|\\.)*""|(?<gap>(?:\s|#[^\n]*)+)")

let private shortened (words: string) =
    if words.Length > longest then
        // A surrogate pair is not cut.
        let length =
            if Char.IsHighSurrogate words[longest - 1] then
                longest - 1
            else
                longest

        words.Substring(0, length) + "…"
    else
        words

/// The source with one space where it has line ends, comments or several blanks, cut where it is long.
let onOneLine (source: string) =
    pieces.Replace(source, (fun found -> if found.Groups["gap"].Success then " " else found.Value)).Trim()
    |> shortened
