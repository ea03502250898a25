using System.Text.Json;
using OpsConsole.Engine.Alarms.Prometheus;

namespace OpsConsole.Tests.Alarms.Gates;

public sealed class PrometheusAnswerTests
{
    [Fact]
    public void Numbers_are_read_and_what_is_none_is_left_out()
    {
        var answer = Read("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1767614400,"0.5"],[1767614405.5,"NaN"],[1767614410,"+Inf"],[1767614415,"2e-3"]]}]}}""");
        Assert.Equal([0.5, 0.002], answer.Points.Select(point => point.Value));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1767614415), answer.Points[^1].At);
        Assert.Null(answer.Lacks ?? answer.Failure);
    }

    /// <summary>Nothing, parts and no numbers are Missing; what can never be answered is an error; none of them is 0.</summary>
    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[]}}""", true)]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"NaN"]]}]}}""", true)]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{}}]}}""", true)]
    [InlineData("""{"status":"success","warnings":["a store did not answer"],"data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"0"]]}]}}""", true)]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error"}""", false)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", false)]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,"0"]]},{"values":[[1,"0"]]}]}}""", false)]
    [InlineData("[]", false)]
    public void What_is_no_number_is_never_a_number(string text, bool missing)
    {
        var answer = Read(text);
        Assert.Empty(answer.Points);
        Assert.Equal((missing, !missing), (answer.Lacks is not null, answer.Failure is not null));
    }

    private static PrometheusAnswer Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return PrometheusAnswer.Read(document.RootElement, DateTimeOffset.UnixEpoch);
    }
}
