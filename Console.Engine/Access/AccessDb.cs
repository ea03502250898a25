using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OpsConsole.Engine.Access;

/// <summary>The secrets of the door, <c>access.db</c>: password hashes, lockouts, hashes of tokens and links. Who may do what is in the journal.</summary>
public sealed class AccessDb(DbContextOptions<AccessDb> options) : IdentityUserContext<Login>(options)
{
    public DbSet<TokenSecret> TokenSecrets => Set<TokenSecret>();

    public DbSet<SignInLink> SignInLinks => Set<SignInLink>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<TokenSecret>().HasKey(secret => secret.Id);
        builder.Entity<SignInLink>().HasKey(link => link.Name);
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
