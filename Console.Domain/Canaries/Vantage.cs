namespace OpsConsole.Domain.Canaries;

/// <summary>Where a canary looks from.</summary>
public enum Vantage
{
    /// <summary>Past the front door, where customers come in: sees what breaks before a request reaches a host.</summary>
    Outside,

    /// <summary>At a host itself, past whatever stands in front of it.</summary>
    Inside,

    /// <summary>At a validator: a production host that no customer is sent to.</summary>
    Validator,
}

public static class Vantages
{
    /// <summary>As metric streams, keys and answers have it: <c>outside</c>, <c>inside</c>, <c>validator</c>.</summary>
    public static string Word(this Vantage vantage) =>
        vantage switch
        {
            Vantage.Outside => "outside",
            Vantage.Inside => "inside",
            _ => "validator",
        };
}
