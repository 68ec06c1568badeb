package io.tean.dashboards.inspection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What one division, category and inspection body adds to a rate.
 *
 * @param division blank where none is known
 * @param body nought where none is known
 */
record Count(Rate rate, String division, String category, int body, long base, long fulfilled) {
    static Count of(ResultSet row) throws SQLException {
        return new Count(
                Rate.valueOf(row.getString("rate")),
                row.getString("division_code"),
                row.getString("category"),
                row.getInt("body_id"),
                row.getLong("base"),
                row.getLong("fulfilled"));
    }

    /** One rate of them all. */
    static Fraction sum(Rate rate, List<Count> counts) {
        Fraction sum = Fraction.NONE;
        for (Count count : counts) {
            if (count.rate() == rate) {
                sum = sum.plus(count.fulfilled(), count.base());
            }
        }
        return sum;
    }
}
