namespace ParDsl.Runtime.Collectives.Jobs;

/// <summary>
/// What <c>srun</c> starts is a step, and only a step's tasks have the variables of one. A batch script has SLURM_PROCID and
/// SLURM_NTASKS too, for the job as a whole.
/// </summary>
internal static class SlurmStep
{
    public const string TaskCountName = "SLURM_STEP_NUM_TASKS";

    /// <summary>The tasks of this step; null outside of one.</summary>
    public static int? TaskCount(JobVariables variables) => variables.Number(TaskCountName);

    /// <summary>Alone, unless srun started several of this process and gave them no way to find each other.</summary>
    /// <exception cref="RunFailedException">Each would train the whole model by itself.</exception>
    public static JobEnvironment.Alone RequireAlone(JobVariables variables) =>
        TaskCount(variables) is > 1 and var count && variables.Number("SLURM_PROCID") is { } task
            ? throw JobEnvironmentErrors.StepWithoutMpi(task, count)
            : new JobEnvironment.Alone();
}
