using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Engine.Access;

namespace OpsConsole.Web.Access;

/// <summary>Who gets in: people by cookie, programs by token, strangers to nothing but the sign-in page and <c>/health</c>.</summary>
internal static class Door
{
    public const string SignInPath = "/sign-in";
    private const string Either = "either";
    private static readonly TimeSpan Session = TimeSpan.FromHours(12);

    public static IServiceCollection AddDoor(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<IActorSource, ActorSource>();
        services.AddScoped<Live.IViewer, Viewer>();
        services.AddScoped<AccessDesk>();
        services.AddSingleton<IAuthorizationHandler, KnownActorHandler>();
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = http => TokenHandler.TextOf(http.Request) is null ? IdentityConstants.ApplicationScheme : TokenHandler.Scheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Cookie)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Scheme, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(KnownActor.Policy).SetDefaultPolicy(KnownActor.Policy);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalHandler>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        new IdentityBuilder(typeof(Login), services).AddSignInManager();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SameSite, options.Cookie.SecurePolicy) = ("opsconsole-form", SameSiteMode.Strict, CookieSecurePolicy.SameAsRequest));
        services.AddDataProtection().SetApplicationName("OpsConsole");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>()
            .Configure<AccessFolder, ILoggerFactory>((options, folder, log) => options.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(OwnerOnly(folder.Keys), log));
        return services;
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "opsconsole";
        options.Cookie.HttpOnly = true;

        // Lax, so that a link in a chat opens the console signed in. Unsafe methods are guarded by anti-forgery tokens and SameOriginGuard.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Session;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "to";
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
    }

    private static DirectoryInfo OwnerOnly(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
