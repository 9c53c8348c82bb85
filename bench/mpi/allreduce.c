/* The other side of `./benchmark mpi-allreduce`: MPI called from C.
 *
 * In: `mpirun -n 2 allreduce BYTES`. Rank 0 says `ready`, then answers each line `N` on standard input with the seconds that N
 * sums of so many bytes of float32 took, and all end with its input. Between two lines they sleep: others are measured then.
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static long next_count(int rank) {
    long count = 0;
    if (rank == 0 && scanf("%ld", &count) != 1)
        count = 0;
    MPI_Request request;
    MPI_Ibcast(&count, 1, MPI_LONG, 0, MPI_COMM_WORLD, &request);
    for (int done = 0; !done;) {
        MPI_Test(&request, &done, MPI_STATUS_IGNORE);
        if (!done)
            usleep(1000);
    }
    return count;
}

int main(int argc, char **argv) {
    int level, rank;
    if (argc != 2)
        return 2;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &level);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    int elements = atoi(argv[1]) / (int)sizeof(float);
    float *buffer = calloc(elements, sizeof(float));
    if (rank == 0) {
        puts("ready");
        fflush(stdout);
    }
    for (long count; (count = next_count(rank)) > 0;) {
        MPI_Barrier(MPI_COMM_WORLD);
        double start = MPI_Wtime();
        for (long step = 0; step < count; step++)
            MPI_Allreduce(MPI_IN_PLACE, buffer, elements, MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
        if (rank == 0) {
            printf("%.9f\n", MPI_Wtime() - start);
            fflush(stdout);
        }
    }
    free(buffer);
    MPI_Finalize();
    return 0;
}
