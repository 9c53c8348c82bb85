using ParDsl.Compiler.Checked;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Idx;

/// <summary>Images and their labels: two files of the same count.</summary>
internal sealed record IdxPair(string Images, string Labels, SourceSpan Span)
{
    private const int ImageDimensions = 3;

    /// <summary>The count and one image's shape, from the headers.</summary>
    public (long Count, Shape Image) Describe()
    {
        using var images = IdxFile.Open(Images, ImageDimensions, Span);
        using var labels = IdxFile.Open(Labels, 1, Span);
        images.CheckSize();
        CheckCounts(images, labels);
        return (images.Count, images.Sample);
    }

    public SampleTable Read(CheckedTarget? target)
    {
        using var images = IdxFile.Open(Images, ImageDimensions, Span);
        using var labels = IdxFile.Open(Labels, 1, Span);
        CheckCounts(images, labels);
        var pixels = new ByteMatrix(images.ReadContent(), (int)images.Count, (int)images.Sample.ElementCount);
        return new SampleTable(pixels, TargetsOf(labels, target));
    }

    private void CheckCounts(IdxFile images, IdxFile labels)
    {
        if (images.Count != labels.Count)
            throw new RunFailedException(IdxErrors.CountsDiffer(Span, images.Name, images.Count, labels.Name, labels.Count));
    }

    private SampleTargets TargetsOf(IdxFile labels, CheckedTarget? target)
    {
        var content = labels.ReadContent();
        if (target is not CheckedTarget.Class classes)
            return new SampleTargets.Values(new ByteMatrix(content, content.Length, 1));
        var wrong = content.Count(label => label >= classes.Count);
        if (wrong == 0)
            return new SampleTargets.Classes([.. content.Select(label => (long)label)]);
        var first = Array.FindIndex(content, label => label >= classes.Count);
        throw new RunFailedException(IdxErrors.NotAClass(Span, labels.Name, first + 1, content[first], wrong, classes.Count));
    }
}
