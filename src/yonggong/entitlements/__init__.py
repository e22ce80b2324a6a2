"""What else an employer files of its workers: wages paid, social insurance, collective agreements."""
