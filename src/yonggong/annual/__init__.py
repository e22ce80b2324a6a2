"""What employers file once a year about the year before."""
