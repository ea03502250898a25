using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>What is done to any host in drills: its wall clock set wrong, its health told better than it is, its power
/// taken away. Forgotten at a restart.</summary>
internal sealed class HostPatient(TimeProvider clock)
{
    private volatile bool _lies;

    /// <summary>The clock the host's role lives by.</summary>
    public SkewedClock Clock { get; } = new(clock);

    public PatientDisk Disk { get; } = new();

    /// <summary>Health is told as if all were well, and everybody else is answered with an error.</summary>
    public bool Lies => _lies;

    /// <summary><c>?skew=SECONDS</c>, <c>?lie=true|false</c>, <c>?sync=true|false</c>, <c>?power=off</c>, after which there is no answer; false where the request asks for something else.</summary>
    public bool Treat(IQueryCollection query)
    {
        if (int.TryParse(query["skew"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            Clock.Ahead = TimeSpan.FromSeconds(seconds);
            return true;
        }

        if (bool.TryParse(query["lie"], out var lies))
        {
            _lies = lies;
            return true;
        }

        if (bool.TryParse(query["sync"], out var syncs))
        {
            Disk.IgnoresSync = !syncs;
            return true;
        }

        if (query["power"] == "off")
        {
            Disk.LosePower();
            using var me = Process.GetCurrentProcess();
            me.Kill();
        }

        return false;
    }
}
