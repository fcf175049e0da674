using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Training;

/// <summary>What a schedule of the learning rate may be.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData(0, double.NaN)]
    [InlineData(0, -1)]
    [InlineData(7, double.NaN)]
    [InlineData(999, double.PositiveInfinity)]
    public void A_share_that_is_no_number_from_zero_on_is_refused_where_it_is_given(int wrong, double share)
    {
        var error = Assert.Throws<ArgumentException>("At", () => new LearningRateSchedule(epoch => epoch == wrong ? share : 1));

        Assert.StartsWith(FormattableString.Invariant($"The share of the learning rate is {share} in epoch {wrong}, and must be a finite number, 0 or more."), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_comes_late_is_refused_when_its_epoch_begins()
    {
        var schedule = new LearningRateSchedule(epoch => 1500 - epoch);

        Assert.Equal(0, schedule.ShareOf(1500));
        Assert.Contains("-1 in epoch 1501", Assert.Throws<InvalidOperationException>(() => schedule.ShareOf(1501)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_may_end()
    {
        double[] table = [1, 0.5, 0.1];

        Assert.Equal(0.5, new LearningRateSchedule(epoch => table[epoch]).ShareOf(1));
    }
}
