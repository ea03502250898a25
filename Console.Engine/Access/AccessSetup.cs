using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Access.Refusals;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Access;

public static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services) =>
        services
            .AddSingleton<StreamFamily>(new StreamFamily<AccessState>(AccessStreams.Family, regional: false, new AccessDecider()))
            .AddSingleton<StreamFamily>(new StreamFamily<RefusalBook>(RefusalStreams.Family, regional: false, new RefusalDecider()));

    /// <summary>The store of secrets in a data folder, and who uses it.</summary>
    public static IServiceCollection AddAccessStore(this IServiceCollection services, string dataFolder)
    {
        var folder = new AccessFolder(Path.GetFullPath(dataFolder));
        services.AddSingleton(folder);
        services.AddDbContextFactory<AccessDb>(options => options.UseSqlite($"Data Source={folder.Database};Default Timeout=5"));
        services.AddIdentityCore<Login>(options =>
            {
                options.Password = new PasswordOptions { RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 5 };
                options.Lockout = new LockoutOptions { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15) };
                options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-_.@";
            })
            .AddEntityFrameworkStores<AccessDb>();
        services.AddSingleton<TokenBook>();
        services.AddHostedService<TokenKeeper>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<FirstStart>();
        return services;
    }
}
