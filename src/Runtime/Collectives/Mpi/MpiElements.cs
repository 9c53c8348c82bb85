using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// The element types that tensors have, as MPI knows them. It has no floats of 16 bits: those are two bytes each, and their
/// sums are functions of our own.
/// </summary>
internal sealed unsafe class MpiElements : IDisposable
{
    private readonly MpiLibrary library;
    private readonly nint twoBytes;
    private readonly nint brainSum;
    private readonly nint halfSum;
    private readonly ImmutableDictionary<ScalarType, MpiElement> elements;

    /// <summary>MPI has been started.</summary>
    public MpiElements(MpiLibrary library)
    {
        this.library = library;
        twoBytes = TwoBytes();
        brainSum = Operation((nint)(delegate* unmanaged<ushort*, ushort*, int*, nint, void>)&SixteenBitSums.AddBFloat16);
        halfSum = Operation((nint)(delegate* unmanaged<ushort*, ushort*, int*, nint, void>)&SixteenBitSums.AddFloat16);
        var abi = library.Abi;
        Byte = MpiElement.WithoutSum(abi.Byte, 1);
        elements = ImmutableDictionary.CreateRange<ScalarType, MpiElement>(
        [
            new(ScalarType.Byte, new(abi.UInt8, abi.Sum, 1, ValueSums.Add<byte>)),
            new(ScalarType.Int8, new(abi.Int8, abi.Sum, 1, ValueSums.Add<sbyte>)),
            new(ScalarType.Int16, new(abi.Int16, abi.Sum, 2, ValueSums.Add<short>)),
            new(ScalarType.Int32, new(abi.Int32, abi.Sum, 4, ValueSums.Add<int>)),
            new(ScalarType.Int64, new(abi.Int64, abi.Sum, 8, ValueSums.Add<long>)),
            new(ScalarType.Float32, new(abi.Float32, abi.Sum, 4, ValueSums.Add<float>)),
            new(ScalarType.Float64, new(abi.Float64, abi.Sum, 8, ValueSums.Add<double>)),
            new(ScalarType.BFloat16, new(twoBytes, brainSum, 2, SixteenBitSums.Add<BFloat16Bits>)),
            new(ScalarType.Float16, new(twoBytes, halfSum, 2, SixteenBitSums.Add<Float16Bits>)),
            new(ScalarType.Bool, Byte),
        ]);
    }

    public MpiElement Byte { get; }

    public MpiElement Of(ScalarType type) => elements.TryGetValue(type, out var element)
        ? element
        : throw new InvalidOperationException($"a collective was called wrongly: tensors of {type} do not move between ranks");

    public MpiElement SumOf(ScalarType type) => Of(type) is { Sum: not 0 } element
        ? element
        : throw new InvalidOperationException($"a collective was called wrongly: tensors of {type} have no sum");

    public void Dispose()
    {
        var (type, brain, half) = (twoBytes, brainSum, halfSum);
        library.Require(library.Functions.FreeOperation(&brain), "MPI_Op_free");
        library.Require(library.Functions.FreeOperation(&half), "MPI_Op_free");
        library.Require(library.Functions.FreeType(&type), "MPI_Type_free");
    }

    private nint TwoBytes()
    {
        nint type = 0;
        library.Require(library.Functions.ContiguousType(2, library.Abi.Byte, &type), "MPI_Type_contiguous");
        library.Require(library.Functions.CommitType(&type), "MPI_Type_commit");
        return type;
    }

    /// <summary>Adding commutes: MPI may add ranks in any order.</summary>
    private nint Operation(nint function)
    {
        nint operation = 0;
        library.Require(library.Functions.CreateOperation(function, 1, &operation), "MPI_Op_create");
        return operation;
    }
}
