using System.Collections.Immutable;

namespace OpsConsole.Domain.Rehearsal;

/// <param name="Weight">Its share of all hosts, beside the others'.</param>
public sealed record RehearsalRegion(string Partition, string Name, int Weight);

/// <summary>The rehearsal's map: 5 partitions, 39 regions of 3 AZs each.</summary>
public static class RehearsalRegions
{
    public const int AzsEach = 3;

    public static ImmutableArray<RehearsalRegion> All { get; } =
    [
        .. In("commercial", "us-east-1:90 us-west-2:70 eu-west-1:60 us-east-2:50 ap-northeast-1:50 eu-central-1:50 ap-southeast-1:40 ap-southeast-2:40 ap-south-1:40 us-west-1:30"),
        .. In("commercial", "eu-west-2:30 ap-northeast-2:30 sa-east-1:25 ca-central-1:25 eu-west-3:25 ap-northeast-3:20 ap-east-1:20 me-central-1:15 me-south-1:15 af-south-1:15"),
        .. In("commercial", "eu-south-1:15 eu-south-2:15 eu-central-2:15 ap-south-2:15 ap-southeast-3:15 ap-southeast-4:15 il-central-1:10 ca-west-1:10 mx-central-1:10 eu-north-1:8"),
        .. In("china", "cn-north-1:35 cn-northwest-1:30"),
        .. In("govcloud", "us-gov-west-1:25 us-gov-east-1:20"),
        .. In("sovereign", "eusc-de-east-1:10"),
        .. In("dedicated", "us-ded-east-1:8 us-ded-west-1:8 eu-ded-west-1:8 ap-ded-south-1:8"),
    ];

    private static IEnumerable<RehearsalRegion> In(string partition, string regions) =>
        regions.Split(' ').Select(one => one.Split(':')).Select(one => new RehearsalRegion(partition, one[0], int.Parse(one[1], System.Globalization.CultureInfo.InvariantCulture)));
}
