// SPDX-License-Identifier: Apache-2.0
/** Days off and days worked instead (调休), as one notice of the State Council's General Office sets them for a year. */
export interface HolidayNotice {
  readonly number: string;
  readonly issued: string;
  /** First and last day, MM-DD, both inclusive. */
  readonly off: readonly (readonly [first: string, last: string])[];
  /** Saturdays and Sundays on which people work, MM-DD. */
  readonly worked: readonly string[];
}

/** 国务院办公厅关于 … 年部分节假日安排的通知. A year is added when its notice is out; until then only weekends are known. */
export const HOLIDAYS: Readonly<Record<number, HolidayNotice>> = {
  2024: {
    number: '国办发明电〔2023〕7号',
    issued: '2023-10-25',
    off: [
      ['01-01', '01-01'],
      ['02-10', '02-17'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-10', '06-10'],
      ['09-15', '09-17'],
      ['10-01', '10-07'],
    ],
    worked: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  2025: {
    number: '国办发明电〔2024〕12号',
    issued: '2024-11-12',
    off: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    number: '国办发明电〔2025〕7号',
    issued: '2025-11-04',
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};
