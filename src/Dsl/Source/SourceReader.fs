namespace ParDsl.Source

open System
open System.Collections.Generic
open System.IO
open System.Text
open System.Text.Unicode
open ParDsl.Diagnostics

/// A file's text, or, where it could not be read, an empty text and the diagnostic that says why.
type SourceReading = { File: SourceFile; Diagnostics: IReadOnlyList<Diagnostic> }

/// A path, or a stream, comes in, and the text behind it goes out: UTF-8, with or without byte order mark, at most 8 MiB.
module SourceReader =
    let private limitBytes = 8L * 1048576L

    let private failure path diagnostic = { File = { Path = path; Text = "" }; Diagnostics = [| diagnostic |] }

    /// The specs in a folder, as the user would type them.
    let private specsIn (folder: string) =
        try
            Directory.GetFiles((if folder = "" then "." else folder), "*.pd")
            |> Array.map (fun file -> Path.Combine(folder, FileInfo(file).Name))
            |> Array.sort
        with
        | :? IOException
        | :? UnauthorizedAccessException -> [||]

    /// Near names are what was meant; where none is near, three of the specs that are there may help.
    let private missing (path: string) =
        let specs =
            specsIn (Path.GetDirectoryName path |> Option.ofObj |> Option.defaultValue "")

        let near = Suggestion.nearest specs path

        if path = "-" then
            ReadingErrors.standardInput
        elif near.Count > 0 || specs.Length = 0 then
            ReadingErrors.missingFile path near
        else
            ReadingErrors.missingFileBeside path (Seq.truncate 3 specs)

    /// One byte more than the limit tells a file that is too large, also where its size cannot be asked (a pipe).
    let private readBytes path (stream: Stream) =
        let known = if stream.CanSeek then stream.Length else 0L

        if known > limitBytes then
            Error(ReadingErrors.fileTooLarge path limitBytes)
        else
            let buffer =
                Array.zeroCreate<byte>(int (if known > 0L then known + 1L else limitBytes + 1L))

            let count = stream.ReadAtLeast(buffer.AsSpan(), buffer.Length, false)

            if int64 count > limitBytes then
                Error(ReadingErrors.fileTooLarge path limitBytes)
            else
                Ok(ArraySegment(buffer, 0, count))

    /// The longest run of whole characters; bisection over prefixes would not do, since a cut character is no mistake.
    let private firstBadByte (bytes: ArraySegment<byte>) =
        let mutable rest = ReadOnlySpan<byte>(bytes.Array, 0, bytes.Count)
        let mutable rune = Rune()
        let mutable used = 0

        while not rest.IsEmpty
              && rest[0] <> 0uy
              && Rune.DecodeFromUtf8(rest, &rune, &used) = Buffers.OperationStatus.Done do
            rest <- rest.Slice used

        bytes.Count - rest.Length

    let private decode path (bytes: ArraySegment<byte>) =
        let text = ReadOnlySpan<byte>(bytes.Array, 0, bytes.Count)

        if text.IsEmpty then
            failure path (ReadingErrors.emptyFile path)
        elif text.Contains 0uy || not (Utf8.IsValid text) then
            failure path (ReadingErrors.binaryFile path (firstBadByte bytes))
        else
            let decoded = Encoding.UTF8.GetString text
            { File = { Path = path; Text = decoded.TrimStart '\uFEFF' }; Diagnostics = [] }

    let private readAll path (openStream: unit -> Stream) =
        try
            use stream = openStream ()

            match readBytes path stream with
            | Ok bytes -> decode path bytes
            | Error diagnostic -> failure path diagnostic
        with
        | :? UnauthorizedAccessException -> failure path (ReadingErrors.unreadableFile path "permission denied")
        | :? IOException -> failure path (ReadingErrors.unreadableFile path "the system reports an input error")

    /// The text of the file at `path`, or the diagnostic that says why there is none.
    let read (path: string) : SourceReading =
        if Directory.Exists path then
            failure path (ReadingErrors.directoryForFile path (Seq.truncate 3 (specsIn path)))
        elif not (File.Exists path) then
            failure path (missing path)
        else
            readAll path (fun () -> new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))

    /// The same of what has no path, standard input say, under a name for messages.
    let readStream (name: string) (stream: Stream) : SourceReading = readAll name (fun () -> stream)
