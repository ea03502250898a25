using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpsConsole.Tests.World;

/// <summary>Reads what the API answered.</summary>
internal static class Answers
{
    public static Task<JsonElement> JsonAsync(this HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>That it is a problem with this status and code, with words for what, why and do, and without a trace of the program's insides.</summary>
    public static async Task<JsonElement> IsProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((status, code), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() : text));
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.All(["what", "why", "do"], part => Assert.NotEmpty(problem.GetProperty(part).GetString()!));
        Assert.DoesNotContain("OpsConsole.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return problem;
    }
}
