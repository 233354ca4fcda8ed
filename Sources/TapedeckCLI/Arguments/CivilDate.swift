/// A day of the Gregorian calendar, from the year 0 on.
///
/// The arithmetic counts from 1 March, so that the leap day is a year's last
/// (<https://howardhinnant.github.io/date_algorithms.html>).
struct CivilDate: Hashable {
    let year: Int
    /// From 1.
    let month: Int
    /// From 1.
    let day: Int

    /// The days from the year 0's 1 March to 1970-01-01.
    private static let epoch = 719_468
    private static let daysPerEra = 146_097

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceEpoch: Int) {
        let days = daysSinceEpoch + Self.epoch
        let era = days / Self.daysPerEra
        let dayOfEra = days % Self.daysPerEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Negative before 1970.
    var daysSinceEpoch: Int {
        // The months before March belong to the year before; an era is added and taken away for the year 0.
        let shiftedYear = year - (month <= 2 ? 1 : 0) + 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let yearOfEra = shiftedYear % 400
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (shiftedYear / 400 - 1) * Self.daysPerEra + dayOfEra - Self.epoch
    }

    /// Whether the calendar has the day.
    var isValid: Bool {
        guard (1...12).contains(month) else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...lengths[month - 1]).contains(day)
    }
}
