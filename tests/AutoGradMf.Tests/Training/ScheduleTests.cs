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
    public void An_array_may_end_and_says_so_when_training_comes_there()
    {
        double[] array = [1, 0.5, 0.1];
        var schedule = new LearningRateSchedule(epoch => array[epoch]);

        Assert.Equal(0.1, schedule.ShareOf(2));
        var error = Assert.Throws<InvalidOperationException>(() => schedule.ShareOf(3));
        Assert.StartsWith("The schedule of the learning rate has no share for epoch 3: ", error.Message, StringComparison.Ordinal);
        Assert.IsType<IndexOutOfRangeException>(error.InnerException);
    }

    [Fact]
    public void A_table_stays_at_its_last_share()
    {
        double[] shares = [1, 0.5, 0.1];
        var schedule = LearningRateSchedule.Table(shares);
        shares[1] = 7;

        Assert.Equal([1, 0.5, 0.1, 0.1], Enumerable.Range(0, 4).Select(schedule.ShareOf));
        Assert.Equal(0.1, schedule.ShareOf(5000));
    }

    [Fact]
    public void A_table_is_refused_where_it_is_given()
    {
        Assert.Throws<ArgumentException>("shares", () => LearningRateSchedule.Table());
        var error = Assert.Throws<ArgumentException>("shares", () => LearningRateSchedule.Table([.. Enumerable.Repeat(1.0, 1200), -1]));
        Assert.StartsWith("The share of the learning rate is -1 in epoch 1200, ", error.Message, StringComparison.Ordinal);
    }
}
