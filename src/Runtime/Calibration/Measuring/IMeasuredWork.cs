namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>A piece of work that is done over and over while a clock runs, on one rank's thread and device.</summary>
internal interface IMeasuredWork : IDisposable
{
    /// <summary>Once. On a GPU it may come back before the device is done.</summary>
    void Do();
}
