namespace ParDsl.Runtime.Doctor;

/// <summary>
/// One thing that was looked at: what was found, and what to do about it. <c>Remedy</c> is empty where all is well.
/// </summary>
public sealed record DoctorFinding(string Topic, DoctorStatus Status, string Value, string Remedy)
{
    public static DoctorFinding Ok(string topic, string value) => new(topic, DoctorStatus.Ok, value, "");

    public static DoctorFinding Warning(string topic, string value, string remedy) =>
        new(topic, DoctorStatus.Warning, value, remedy);

    public static DoctorFinding Problem(string topic, string value, string remedy) =>
        new(topic, DoctorStatus.Problem, value, remedy);
}
