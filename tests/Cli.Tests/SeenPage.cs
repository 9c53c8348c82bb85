namespace ParDsl.Cli.Tests;

/// <summary>What a browser made of a page.</summary>
/// <param name="Dom">The elements, as text, after the page's script ran.</param>
/// <param name="WindowWidth">In pixels.</param>
/// <param name="ContentWidth">What the page needs, in pixels.</param>
/// <param name="Timeline">The first one; null where there is none.</param>
/// <param name="Errors">Of scripts; empty where none happened.</param>
internal sealed record SeenPage(string Dom, int WindowWidth, int ContentWidth, SeenTimeline? Timeline, string Errors);
