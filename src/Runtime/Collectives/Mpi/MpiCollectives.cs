namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// MPI's collectives, each in one call of at most 2^31 - 1 elements. All ranks are there with the same call: what is left is to
/// move and add. Where the library waits politely its blocking call is made; else another, and the waiting is done here.
/// </summary>
internal sealed unsafe class MpiCollectives(MpiLibrary library, nint handle, MpiWait wait)
{
    public void AllReduce(nint buffer, int count, MpiElement element)
    {
        var inPlace = library.Abi.InPlace;
        if (library.Abi.WaitsPolitely)
        {
            library.Require(library.Functions.AllReduce(inPlace, buffer, count, element.Type, element.Sum, handle), "MPI_Allreduce");
            return;
        }

        nint request = 0;
        var started = library.Functions.StartAllReduce(inPlace, buffer, count, element.Type, element.Sum, handle, &request);
        Finish(started, request, "MPI_Iallreduce");
    }

    public void Broadcast(nint buffer, int count, MpiElement element, int root)
    {
        if (library.Abi.WaitsPolitely)
        {
            library.Require(library.Functions.Broadcast(buffer, count, element.Type, root, handle), "MPI_Bcast");
            return;
        }

        nint request = 0;
        Finish(library.Functions.StartBroadcast(buffer, count, element.Type, root, handle, &request), request, "MPI_Ibcast");
    }

    public void ReduceScatter(nint input, nint output, int count, MpiElement element)
    {
        if (library.Abi.WaitsPolitely)
        {
            var result = library.Functions.ReduceScatter(input, output, count, element.Type, element.Sum, handle);
            library.Require(result, "MPI_Reduce_scatter_block");
            return;
        }

        nint request = 0;
        var started = library.Functions.StartReduceScatter(input, output, count, element.Type, element.Sum, handle, &request);
        Finish(started, request, "MPI_Ireduce_scatter_block");
    }

    public void Reduce(nint input, nint output, int count, MpiElement element, int root)
    {
        if (library.Abi.WaitsPolitely)
        {
            library.Require(library.Functions.Reduce(input, output, count, element.Type, element.Sum, root, handle), "MPI_Reduce");
            return;
        }

        nint request = 0;
        var started = library.Functions.StartReduce(input, output, count, element.Type, element.Sum, root, handle, &request);
        Finish(started, request, "MPI_Ireduce");
    }

    public void AllGather(nint buffer, int count, MpiElement element)
    {
        var inPlace = library.Abi.InPlace;
        if (library.Abi.WaitsPolitely)
        {
            var result = library.Functions.AllGather(inPlace, 0, element.Type, buffer, count, element.Type, handle);
            library.Require(result, "MPI_Allgather");
            return;
        }

        nint request = 0;
        var started = library.Functions.StartAllGather(inPlace, 0, element.Type, buffer, count, element.Type, handle, &request);
        Finish(started, request, "MPI_Iallgather");
    }

    private void Finish(int started, nint request, string function)
    {
        library.Require(started, function);
        wait.ForBytes(request, function);
    }
}
