/// One JSON object as one line of text: a list of members comes in. A number that JSON cannot say (NaN, infinity) is null.
module ParDsl.Cli.Output.JsonLine

open System.Collections.Generic
open System.IO
open System.Text
open System.Text.Encodings.Web
open System.Text.Json

[<RequireQualifiedAccess>]
type Json =
    | Text of string
    | Integer of int64
    | Real of double
    | Flag of bool
    | Null
    | List of Json list
    | Object of (string * Json) list

let private options =
    JsonWriterOptions(Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)

let rec private write (writer: Utf8JsonWriter) value =
    match value with
    | Json.Text text -> writer.WriteStringValue text
    | Json.Integer number -> writer.WriteNumberValue number
    | Json.Flag flag -> writer.WriteBooleanValue flag
    | Json.Real number when System.Double.IsFinite number -> writer.WriteNumberValue number
    | Json.Real _
    | Json.Null -> writer.WriteNullValue()
    | Json.List items ->
        writer.WriteStartArray()
        items |> List.iter (write writer)
        writer.WriteEndArray()
    | Json.Object members ->
        writer.WriteStartObject()
        members |> List.iter (writeMember writer)
        writer.WriteEndObject()

and private writeMember writer (name, value) =
    writer.WritePropertyName(name: string)
    write writer value

/// Metrics by name, in the names' order.
let numbers (values: IEnumerable<KeyValuePair<string, double>>) =
    Json.Object [ for pair in values -> pair.Key, Json.Real pair.Value ]

let print (event: string) (members: (string * Json) list) =
    use stream = new MemoryStream()
    use writer = new Utf8JsonWriter(stream, options)
    write writer (Json.Object(("event", Json.Text event) :: members))
    writer.Flush()
    Encoding.UTF8.GetString(stream.GetBuffer(), 0, int stream.Length)
