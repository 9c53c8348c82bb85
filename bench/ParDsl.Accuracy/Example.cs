using System.Collections.Immutable;

namespace ParDsl.Accuracy;

/// <summary>A spec of examples/ that trains.</summary>
/// <param name="Name">Its folder's: <c>06-gpt</c>.</param>
/// <param name="Path">Of the spec.</param>
internal sealed record Example(string Name, string Path)
{
    /// <summary>
    /// Left out are <c>02-article/article.pd</c>, which is wrong on purpose, and <c>04-four-devices</c>, which is 03 with
    /// another layout, and each is measured in every layout.
    /// </summary>
    private static readonly ImmutableArray<string> Specs =
        ["01-digits/digits.pd", "02-article/fixed.pd", "03-fashion/conv.pd", "05-residual/residual.pd", "06-gpt/gpt.pd"];

    /// <param name="folder">Where the examples are.</param>
    public static ImmutableArray<Example> In(string folder) =>
        [.. Specs.Select(spec => new Example(spec[..spec.IndexOf('/', StringComparison.Ordinal)], System.IO.Path.Combine(folder, spec)))];
}
