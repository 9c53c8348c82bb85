using System.Collections.Immutable;
using System.Text;
using CsvHelper;
using ParDsl.Compiler.Data;
using ParDsl.Runtime.Data.Files;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>
/// A CSV file (RFC 4180) read record by record: the header first, if there is one, then the samples. Columns count from
/// 0.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    /// <summary>The longest record in bytes: a longer one is a file without line ends, or with an open quote.</summary>
    public const int LongestRecord = 16 << 20;

    private readonly CsvReader reader;
    private readonly DataStream stream;
    private readonly SourceSpan span;
    private bool isAtFirstSample;

    private CsvFile(CsvReader reader, DataStream stream, string headerMode, SourceSpan span)
    {
        (this.reader, this.stream, this.span) = (reader, stream, span);
        ReadHeader(headerMode);
    }

    /// <summary>The file's name without its folder.</summary>
    public string Name => stream.Name;

    public CsvHeader Header { get; private set; } = new(0, []);

    /// <summary>The line, from 1, where the current record starts.</summary>
    public long Line => reader.LineNumber;

    /// <summary>How many values the current record holds.</summary>
    public int ValueCount => reader.FieldCount;

    public static CsvFile Open(DatasetRequest request)
    {
        var options = new CsvReaderOptions
        {
            Separator = CsvDelimiter.Of(request),
            HasHeader = false,
            MaxRecordSize = LongestRecord,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        var stream = DataFile.Open(
            DataPath.Resolve(request.SourceSpan, request.Source.Arguments.Text("path")), request.SourceSpan);
        var reader = CsvReader.Create(stream, options, leaveOpen: false);
        try
        {
            return new CsvFile(reader, stream, request.Source.Arguments.Text("header"), request.SourceSpan);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next sample; false at the file's end.</summary>
    public bool Read()
    {
        if (isAtFirstSample)
        {
            isAtFirstSample = false;
            return true;
        }

        return ReadRecord();
    }

    /// <summary>One value's text as UTF-8, without its quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Value(int column) => reader.GetSpan(column);

    public void Dispose() => reader.Dispose();

    private void ReadHeader(string mode)
    {
        if (!ReadRecord())
            throw new RunFailedException(DataErrors.NoSamples(span, Name));
        var cells = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToImmutableArray();
        var isHeader = mode == "true" || (mode == "auto" && cells.Any(IsWord));
        Header = new CsvHeader(cells.Length, isHeader ? [.. cells.Select(cell => cell.Trim())] : []);
        isAtFirstSample = !isHeader;
    }

    private static bool IsWord(string cell) => cell.Length > 0 && !CsvNumber.TryParse(Encoding.UTF8.GetBytes(cell), out _);

    private bool ReadRecord()
    {
        try
        {
            var found = reader.Read();
            if (found && reader.RawRecord.Contains((byte)0))
                throw new RunFailedException(CsvErrors.NotText(span, Name, Line));
            return found;
        }
        catch (CsvFormatException failure)
        {
            // A record that is too long is given up at its start, when more than the limit has been read behind it.
            var isTooLong = stream.Position - failure.ByteOffset > LongestRecord;
            throw new RunFailedException(isTooLong
                ? CsvErrors.LineTooLong(span, Name, failure.LineNumber)
                : CsvErrors.BadQuotes(span, Name, failure.LineNumber), failure);
        }
    }
}
