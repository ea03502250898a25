using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>One host as a file has it, nothing judged yet; null where a field is not there.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
public sealed record HostRow(
    int Line,
    string? Id,
    string? Partition,
    string? Region,
    string? Az,
    string? Rack,
    string? Role,
    string? Service,
    string? InstanceType,
    string? PositionClass,
    string? Driver,
    string? Validator);

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="Line">From 1; 0 where it is the file as a whole.</param>
/// <param name="Column">From 1; 0 where only the line is known.</param>
/// <param name="Field">The field or column it is about; null where it is the line or the file.</param>
/// <param name="Why">What is wrong, with the facts.</param>
/// <param name="Do">What to write instead.</param>
public sealed record FleetFileError(int Line, int Column, string? Field, string Why, string Do)
{
    public override string ToString() =>
        $"{(Line == 0 ? "" : Column == 0 ? $"line {Line}: " : $"line {Line}, column {Column}: ")}{(Field is null ? "" : $"{Field}: ")}{Why}. {Do}";
}

/// <summary>What a fleet file says: commands, or all that is wrong with it. Never both: a file is taken whole or not at all.</summary>
/// <param name="Errors">The first <see cref="MostErrors"/>, by line.</param>
/// <param name="ErrorCount">How many there are in all.</param>
/// <param name="Commands">Region by region, at most <see cref="HostsInCommand"/> hosts each. Hosts that the file does not name stay as they are.</param>
public sealed record FleetFileResult(ImmutableArray<FleetFileError> Errors, int ErrorCount, ImmutableArray<PlaceHosts> Commands)
{
    public const int MostErrors = 1_000;
    public const int HostsInCommand = 5_000;
    public const int MostHosts = 1_000_000;

    public bool Valid => ErrorCount == 0;

    public int Hosts => Commands.Sum(command => command.Hosts.Length);

    public static FleetFileResult Wrong(IReadOnlyCollection<FleetFileError> errors) =>
        new([.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column).Take(MostErrors)], errors.Count, []);
}
