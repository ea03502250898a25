using System.Globalization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>What an AZ can do without, in bytes: only where the service states what its hosts hold. A host that is out already takes nothing more away.</summary>
internal static class ByteChecks
{
    public static IEnumerable<Denial> Of(GrantStep step, Host host, StoredBytes bytes)
    {
        if (step.Held.Charged.ContainsKey(host.Id) || !OfflineCount.Serves(host) || host.Validator)
        {
            yield break;
        }

        var (az, mine) = (bytes.InAz(step.Held, step.Fleet, host.Az, host.Service), bytes.Of(host.Id));
        var room = (long)(az.Stored * step.Policy.OfflineShare);
        if (az.Out > 0 && az.Out + mine.Stored > room)
        {
            yield return new Denial(ReservationCheck.InsufficientOfflineCapacity, host.Id, DenialClass.WaitForEvent, $"{Words(az.Out)} bytes of {host.Service} in {host.Az} are out; with this host's {Words(mine.Stored)} they would be more than the {Words(room)} that may be.", "Wait until a host comes back.", $"az-capacity:{host.Az}")
                .With("az", host.Az)
                .With("dimension", "bytes")
                .With("out", Words(az.Out))
                .With("need", Words(mine.Stored))
                .With("limit", Words(room));
        }

        if (az.Lost > 0 && az.Free - mine.Free is var have && have < az.Lost)
        {
            yield return Repair(host, "bytes", az.Lost, have, $"{Words(az.Lost)} bytes of lost hosts are to be rebuilt in {host.Az}, and without this host {Words(Math.Max(0, have))} are free there.");
        }
        else if (bytes is { RepairPerSecond: { } pace, RepairWithin: { } within } && pace * within.TotalSeconds is var power && az.Lost > power)
        {
            yield return Repair(host, "bandwidth", az.Lost, (long)power, $"{Words(az.Lost)} bytes of lost hosts are to be rebuilt in {host.Az}, and {Words((long)power)} can be within {within}.");
        }
    }

    private static Denial Repair(Host host, string dimension, long need, long have, string why) =>
        new Denial(ReservationCheck.InsufficientRepairCapacity, host.Id, DenialClass.WaitForEvent, why, "Wait until a lost host is back, or its data rebuilt; or add room.", $"az-capacity:{host.Az}")
            .With("az", host.Az)
            .With("dimension", dimension)
            .With("need", Words(need))
            .With("have", Words(have));

    private static string Words(long number) => number.ToString(CultureInfo.InvariantCulture);
}
