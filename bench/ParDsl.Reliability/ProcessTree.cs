using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Reliability;

/// <summary>Linux's /proc: which processes came from which, and which of them train.</summary>
internal static class ProcessTree
{
    public static ImmutableArray<int> Descendants(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(path => Path.GetFileName(path))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        var found = ImmutableArray.CreateBuilder<int>();
        var open = new Queue<int>(parents[root]);
        while (open.TryDequeue(out var id))
        {
            found.Add(id);
            foreach (var child in parents[id])
                open.Enqueue(child);
        }

        return found.ToImmutable();
    }

    /// <summary>Whether a launcher of MPI gave it a rank; its parents have none.</summary>
    public static bool IsRank(int id) =>
        Read(id, "environ").Split('\0').Any(variable =>
            variable.StartsWith("OMPI_COMM_WORLD_RANK=", StringComparison.Ordinal) || variable.StartsWith("PMI_RANK=", StringComparison.Ordinal));

    /// <summary>The fourth word of /proc/ID/stat, behind the name in parentheses.</summary>
    private static int ParentOf(int id)
    {
        var stat = Read(id, "stat");
        var words = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 0;
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
