using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Web.Api;

/// <summary>What every request to the API passes through, and the group all its endpoints are in.</summary>
internal static class ApiSetup
{
    public const string Root = "/api/v1";
    public const string OpenApiPath = Root + "/openapi.json";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddExceptionHandler<ApiErrors>();
        services.AddProblemDetails();
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = path => path.RelativePath?.StartsWith(Root[1..], StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "OpsConsole";
                return Task.CompletedTask;
            });
        });
        services.AddRateLimits();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = BodyLimits.Default;
        });
        return services;
    }

    /// <summary>How the API and its client write JSON: camel case, enums by name, and no field that nobody reads.</summary>
    public static void Configure(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
        json.Converters.Add(new ScopeJson());
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
    }

    /// <summary>Before authentication.</summary>
    public static void UseApiErrors(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseHostNames();
        app.UseExceptionHandler();
        app.UseStatusCodePages(ApiErrors.WithoutBodyAsync);
        app.UseRouting();
        app.UseBodyLimits();
    }

    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.MapOpenApi(OpenApiPath);
        // More exact than the page that answers for every unknown path, which would greet programs with a page.
        app.MapGet(Root + "/{**path}", (HttpContext http) => Problems.NoSuchPath(http)).ExcludeFromDescription();
        return app.MapGroup(Root);
    }
}
