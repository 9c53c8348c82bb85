namespace ParDsl.Runtime.Doctor;

public enum DoctorStatus
{
    Ok,

    /// <summary>It works, and less well or less surely than it could.</summary>
    Warning,

    /// <summary>Something that users ask for does not work.</summary>
    Problem,
}
