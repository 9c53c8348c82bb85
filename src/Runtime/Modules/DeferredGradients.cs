using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// Weights' gradients that a backward pass leaves for later, since nobody waits for them: by micro-batch and segment. On the
/// rank's thread only.
/// </summary>
internal sealed class DeferredGradients : IDisposable
{
    private readonly Dictionary<(int MicroBatch, int Segment), List<Product>> left = [];
    private List<Product>? collecting;

    /// <summary>Until the result is disposed, backward passes leave their weights' gradients under this name.</summary>
    public Collection Collect(int microBatch, int segment)
    {
        collecting = left[(microBatch, segment)] = [];
        return new Collection(this);
    }

    /// <summary>Adds <c>rows^T sources</c> to a weight's gradient, now or where <see cref="Run"/> asks for it.</summary>
    /// <param name="weight">[outputs, inputs]</param>
    /// <param name="rows">[rows, outputs]; now this object's.</param>
    /// <param name="sources">[rows, inputs]; now this object's.</param>
    public void Add(Tensor weight, Tensor rows, Tensor sources)
    {
        var product = new Product(weight, rows, sources);
        if (collecting is null)
            product.AddToGradient();
        else
            collecting.Add(product.Keep());
    }

    /// <summary>Does what a backward pass has left.</summary>
    public void Run(int microBatch, int segment)
    {
        if (!left.Remove((microBatch, segment), out var products))
            return;
        foreach (var product in products)
            product.AddToGradient();
    }

    /// <summary>A run that failed leaves products behind.</summary>
    public void Dispose()
    {
        foreach (var product in left.Values.SelectMany(products => products))
            product.Dispose();
        left.Clear();
    }

    public readonly struct Collection(DeferredGradients owner) : IDisposable
    {
        public void Dispose() => owner.collecting = null;
    }

    private sealed record Product(Tensor Weight, Tensor Rows, Tensor Sources) : IDisposable
    {
        /// <summary>Lets the factors outlive the action that made them.</summary>
        public Product Keep()
        {
            Rows.DetachFromDisposeScope();
            Sources.DetachFromDisposeScope();
            return this;
        }

        public void AddToGradient()
        {
            using var guard = no_grad();
            using (this)
            using (var transposed = Rows.t())
            using (var gradient = Weight.grad!)
            {
                gradient.addmm_(transposed, Sources);
            }
        }

        public void Dispose()
        {
            Rows.Dispose();
            Sources.Dispose();
        }
    }
}
