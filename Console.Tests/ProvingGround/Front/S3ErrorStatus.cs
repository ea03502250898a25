using System.Collections.Immutable;
using System.Reflection;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Every error this front can give, as its code and status: read from the errors themselves.</summary>
internal sealed class S3ErrorStatus
{
    public ImmutableSortedDictionary<string, int> All { get; } =
        typeof(S3Error).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null))
            .Concat(typeof(S3Error).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(S3Error)).Select(method => method.Invoke(null, [.. method.GetParameters().Select(_ => "x")])))
            .OfType<S3Error>()
            .GroupBy(error => error.Code, error => error.Status)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Distinct().Single(), StringComparer.Ordinal);

    public int Of(string code) => All[code];
}
