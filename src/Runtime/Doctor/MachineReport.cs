using System.Collections.Immutable;
using ParDsl.Runtime.Jobs;

namespace ParDsl.Runtime.Doctor;

/// <summary>What one machine of several is like, as a process there has found it.</summary>
/// <param name="Process">Its versions and what it has.</param>
/// <param name="Findings">What `doctor` says there.</param>
/// <param name="Folder">Where a run's files would go there.</param>
/// <param name="Link">How it is reached from the first machine; null for that one.</param>
public sealed record MachineReport(ProcessReport Process, ImmutableArray<DoctorFinding> Findings, FolderHere Folder, MachineLink? Link);
