using System.Collections.Immutable;
using System.Globalization;

namespace OpsConsole.Domain.Fleet;

/// <summary>Judges a fleet file as a whole: every field of every host, then what must hold between them. Finds all that is wrong, not the first.</summary>
public static class FleetFileCheck
{
    /// <param name="found">What the reader found already.</param>
    public static FleetFileResult Check(IReadOnlyList<HostRow> rows, IEnumerable<FleetFileError> found)
    {
        var errors = found.ToList();
        var hosts = new List<(Host Host, int Line)>(rows.Count);
        foreach (var row in rows)
        {
            if (HostOf(row, errors) is { } host)
            {
                hosts.Add((host, row.Line));
            }
        }

        Between(rows, errors);
        if (rows.Count == 0 && errors.Count == 0)
        {
            errors.Add(new(0, 0, null, "the file names no host", "Name at least one."));
        }

        return errors.Count > 0 ? FleetFileResult.Wrong(errors) : new([], 0, Commands(hosts));
    }

    private static Host? HostOf(HostRow row, List<FleetFileError> errors)
    {
        var before = errors.Count;
        var role = Word("role", row.Role, FleetWords.Roles, null);
        var driver = Word("driver", row.Driver, FleetWords.Drivers, HostDriver.Agent);
        var position = 0;
        if (!string.IsNullOrEmpty(row.PositionClass) && !int.TryParse(row.PositionClass, NumberStyles.None, CultureInfo.InvariantCulture, out position))
        {
            Wrong("positionClass", $"'{Shown(row.PositionClass)}' is no whole number", $"Give one from 0 to {HostRules.HighestPositionClass}.");
        }

        var validator = row.Validator is "true";
        if (row.Validator is not (null or "" or "true" or "false"))
        {
            Wrong("validator", $"'{Shown(row.Validator)}' is neither true nor false", "Write true or false.");
        }

        var service = string.IsNullOrEmpty(row.Service) ? FleetWords.Of(role) : row.Service;
        var host = new Host(row.Id ?? "", row.Partition ?? "", row.Region ?? "", row.Az ?? "", row.Rack ?? "", role, service, row.InstanceType ?? "", position, driver) { Validator = validator };
        foreach (var problem in HostRules.Check(host))
        {
            Wrong(problem.Field, problem.Why, problem.Do);
        }

        return errors.Count == before ? host : null;

        T Word<T>(string field, string? word, ImmutableSortedDictionary<string, T> known, T? missing)
            where T : struct
        {
            if (string.IsNullOrEmpty(word) && missing is { } standard)
            {
                return standard;
            }

            if (!known.TryGetValue(word ?? "", out var value))
            {
                Wrong(field, string.IsNullOrEmpty(word) ? "it is missing" : $"'{Shown(word)}' is not known", $"Use one of {string.Join(", ", known.Keys)}.");
            }

            return value;
        }

        void Wrong(string field, string why, string @do) => errors.Add(new(row.Line, 0, field, why, @do));
    }

    private static void Between(IReadOnlyList<HostRow> rows, List<FleetFileError> errors)
    {
        var ids = new Dictionary<string, int>(rows.Count);
        var azs = new Dictionary<string, HostRow>();
        var regions = new Dictionary<string, (HostRow First, int Hosts)>();
        foreach (var row in rows)
        {
            if (row.Id is { Length: > 0 } id && !ids.TryAdd(id, row.Line))
            {
                errors.Add(new(row.Line, 0, "host", $"{Shown(id)} is named on line {ids[id]} already", "A host's id is unique in the fleet: name each once."));
            }

            if (row.Az is { Length: > 0 } az && !azs.TryAdd(az, row) && azs[az].Region != row.Region)
            {
                errors.Add(new(row.Line, 0, "az", $"{Shown(az)} is in {Shown(azs[az].Region)} on line {azs[az].Line}, here in {Shown(row.Region)}", "An AZ's name is unique in the fleet: correct one of the two."));
            }

            if (row.Region is { Length: > 0 } region)
            {
                var known = regions.GetValueOrDefault(region, (First: row, Hosts: 0));
                regions[region] = (known.First, known.Hosts + 1);
                if (known.First.Partition != row.Partition)
                {
                    errors.Add(new(row.Line, 0, "region", $"{Shown(region)} is in {Shown(known.First.Partition)} on line {known.First.Line}, here in {Shown(row.Partition)}", "A region's name is unique in the fleet: correct one of the two."));
                }

                if (known.Hosts == RegionFleet.MostHosts)
                {
                    errors.Add(new(row.Line, 0, "region", $"{Shown(region)} has more than {RegionFleet.MostHosts} hosts", "Split it into several regions."));
                }
            }
        }
    }

    private static ImmutableArray<PlaceHosts> Commands(List<(Host Host, int Line)> hosts) =>
    [
        .. from host in hosts
           group host.Host by (host.Host.Region, host.Host.Partition) into region
           orderby region.Key.Partition, region.Key.Region
           from batch in region.Chunk(FleetFileResult.HostsInCommand)
           select new PlaceHosts(region.Key.Region, region.Key.Partition, [.. batch], []),
    ];

    private static string Shown(string? text) => text is null ? "nothing" : text.Length > 64 ? text[..64] + "…" : text;
}
