using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Doctor;

/// <summary>The .NET that runs this, and the SDK that would build it.</summary>
internal static class SdkChecks
{
    private const string Topic = ".NET SDK";
    private const string Install = "install the .NET 10 SDK: https://dotnet.microsoft.com/download";

    public static ImmutableArray<DoctorFinding> Run() => [Runtime(), Sdk(ProgramSearch.Program("dotnet"))];

    private static DoctorFinding Runtime() => DoctorFinding.Ok(
        ".NET runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.ProcessArchitecture}");

    private static DoctorFinding Sdk(string? dotnet)
    {
        if (dotnet is null)
            return DoctorFinding.Warning(Topic, "no dotnet on PATH; building and scripts need it", Install);
        var answer = ProgramAnswer.Of(dotnet, "--version");
        return answer.Exit == 0
            ? DoctorFinding.Ok(Topic, $"{answer.FirstLine} ({dotnet})")
            : DoctorFinding.Warning(
                Topic, answer.FirstLine is { Length: > 0 } words ? words : $"{dotnet} --version does not answer", Install);
    }
}
