"""Averaged and flexible hours (企业实行不定时工作制和综合计算工时工作制审批), and the permits that it writes."""
